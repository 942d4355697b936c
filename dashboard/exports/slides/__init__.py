"""A presentation as a PowerPoint file: charts that can be edited, maps as shapes, real tables, speaker notes."""
