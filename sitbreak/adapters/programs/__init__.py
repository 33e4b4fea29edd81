"""What other programs are told, and what they may ask for: commands of the user's own, and a service on the bus."""
