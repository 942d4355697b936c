"""What-if: estimates from the margins, and scenarios. Pure functions from a Dataset and typed parameters to an Outcome.

Nothing here is an Observation nor a Quantity: a simulated figure cannot enter an export of observed ones.
"""
