group_by(.customer.city) | map({ key: .[0].customer.city, value: . }) | from_entries
