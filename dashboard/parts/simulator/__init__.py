"""What the simulator page is made of."""
