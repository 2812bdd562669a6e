"""What a published thing is: its registry row, its topics, its short address."""
