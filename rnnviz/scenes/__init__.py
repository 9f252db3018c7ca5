"""What the Step page can show: settings → a network, a sequence and a question. No drawing."""
