"""Do my legs really differ, what do I do about it, and is it working?"""
