"""What travels between the stages: frozen records, built from nothing of ours and changed by nobody."""
