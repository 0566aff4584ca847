"""What people type about training, read into nouns: exercises, pains, stiffness, ratings."""

from evenstride.service.log_text.exercises import ExerciseSaid, SideSaid, read_exercise
from evenstride.service.log_text.words import read_pain, read_ratings, read_stiffness

__all__ = ["ExerciseSaid", "SideSaid", "read_exercise", "read_pain", "read_ratings", "read_stiffness"]
