"""Students with a D or an F."""
