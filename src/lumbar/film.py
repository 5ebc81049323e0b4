"""Main path 1: one clip, the lifter, the bar → every rep measured."""
