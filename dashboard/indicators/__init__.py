"""Pure computation: shares, rates, indices, tables of quantities, targets. Nothing is stored, nothing is drawn."""
