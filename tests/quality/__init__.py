"""What is measured rather than asserted: false alarms, precision, and the tools that keep the code clean."""
