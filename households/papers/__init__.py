"""Papers of the registry as PDF; words come in ready."""
