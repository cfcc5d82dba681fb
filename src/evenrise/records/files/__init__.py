"""Opening anything a district has: csv, tsv, zip, gz, xlsx, xls, in any encoding."""
