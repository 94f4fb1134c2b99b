map({ id, who: .customer.name, city: .customer.city, total: .amount, lines: (.items | length) })
