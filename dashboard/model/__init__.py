"""Types of every row and document, of the dataset made of them, and of what can be wrong with them."""

from dashboard.model.dataset import Dataset
from dashboard.model.problems import DataError, Problem
from dashboard.model.rows import Key, Observation, TerritoryRow

__all__ = ["DataError", "Dataset", "Key", "Observation", "Problem", "TerritoryRow"]
