map(select(.status == "paid")) as $paid
| { cities: ($paid | group_by(.customer.city) | map({
      key: .[0].customer.city,
      value: { orders: length, revenue: (map(.amount) | add), largest: (sort_by(-.amount)[0:3] | map(.id)) } })
      | from_entries),
    newest: ($paid | sort_by(.placed) | reverse[0:10] | map({ id, who: .customer.name, amount })) }
