"""Where learners' older notebooks of chapter 04 find explore_drawing; it lives in `derivative`."""

from utils.explorers.derivative import explore_drawing as explore_drawing
