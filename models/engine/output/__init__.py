"""What leaves a result: its object, its warnings with their sentences, one sum to check."""
