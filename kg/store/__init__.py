"""The border to Oxigraph: quads go in as plain terms, rows and files come out."""

from kg.store.answers import Answer, Row
from kg.store.layout import LAYOUT, layout
from kg.store.oxigraph import FORMATS, Store
from kg.store.turtle import Layout, Pen, Section, trig, turtle

__all__ = ["FORMATS", "LAYOUT", "Answer", "Layout", "Pen", "Row", "Section", "Store", "layout", "trig", "turtle"]
