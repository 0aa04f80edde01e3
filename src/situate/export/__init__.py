"""Pictures in other forms: self-contained pages and standard formats."""
