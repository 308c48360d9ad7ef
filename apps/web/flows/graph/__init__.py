"""The graph of a flow: laid out in layers from top to bottom, and written as SVG.

* ``layering``, ``ordering``, ``placing`` – boxes in layers, in which order, at which place; pure numbers.
* ``network`` – the three of them, and the ways between the boxes.
* ``picture`` – a definition as boxes within boxes; ``svg`` writes it, ``outline`` is the same as a list.
"""
