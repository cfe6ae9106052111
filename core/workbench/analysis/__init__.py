"""What a model is made of: components, their cost, and the places where features can be taken."""
