"""The last text of a topic is found without counting the others: each page asks whether something is new."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("last_of_topic", "writings", ["topic", "seq"])
