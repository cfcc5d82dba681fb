"""Reports: briefings, releases with two people, the public site and its feeds."""
