"""What the coder knows that is not code: lexicons, ontology, gazetteer, models, and what loads them."""
