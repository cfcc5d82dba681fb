"""The indicators floor: declared definitions, engines, facts."""
