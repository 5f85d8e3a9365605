"""The user's verbs, joining rules, store and exchange; never a widget."""
