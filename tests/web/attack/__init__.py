"""Attacks: what somebody with bad intentions would try, each as a test."""
