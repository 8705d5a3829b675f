"""What the 2022 targets of people in IAE followed."""
