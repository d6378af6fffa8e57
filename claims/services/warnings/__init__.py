"""Early warning: raised with the bill, verified at home, helped, closed."""
