"""How everything looks that is shown or printed: colours, typeface, pictures as values; no plan and no widget."""
