"""New data: judged, compared, published at once, undone. Never asked by a page to write anything."""
