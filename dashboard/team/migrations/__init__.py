"""The versions of the schema, one file each, and what brings a database to the latest."""
