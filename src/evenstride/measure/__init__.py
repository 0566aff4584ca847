"""How do the legs differ in this recording?"""
