"""How exercises move: a body of published proportions, joint angles, and what stands still while they change."""
