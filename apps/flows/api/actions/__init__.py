"""The built-in actions as action providers, by the protocol of Globus (P1 to P7): ``/api/actions/<name>/``.

Both families of addresses are served: the old one (``run``, ``<id>/status``, ``<id>/release`` …) and the newer one
(``actions``, ``actions/<id>`` …).
"""
