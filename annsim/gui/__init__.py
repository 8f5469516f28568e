"""Everything Qt: a view of the core, never the other way round."""
