"""Agreements as a network of actors: who is tied to whom, how central each is, and where to draw it."""

from kg.network.balance import Count, Triads, signs, triads
from kg.network.drawing import Line, build, outsiders
from kg.network.formats import cytoscape, gexf, graphml
from kg.network.layers import layer
from kg.network.measuring import Measure, Whole, core, measures, whole
from kg.network.picture import layout, picture
from kg.network.survey import Survey, survey
from kg.network.ties import Step, neighbourhood, shortest_path

__all__ = [
    "Count", "Line", "Measure", "Step", "Survey", "Triads", "Whole", "build", "core", "cytoscape", "gexf", "graphml",
    "layer", "layout", "measures", "neighbourhood", "outsiders", "picture", "shortest_path", "signs", "survey",
    "triads", "whole",
]  # fmt: skip
