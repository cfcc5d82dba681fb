"""The views of the reports: the workspace's, the public site, the feeds."""
