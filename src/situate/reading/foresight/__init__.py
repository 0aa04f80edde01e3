"""What a report says will come: finding statements about the future and telling forecasts from plans and wishes."""
