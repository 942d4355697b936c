"""Reading of the files below a root. The door that also judges them is `dashboard.contract.door`."""
