from tests.edge.installation import installation, migrated

__all__ = ["installation", "migrated"]
