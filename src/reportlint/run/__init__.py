"""What a run is: settings, files, rules over reports, fixes written."""
