map(select(.status == "paid")) as $paid
| { cities: ($paid | reduce .[] as $order ({}; .[$order.customer.city] += [$order])
      | map_values({ orders: length, revenue: (map(.amount) | add), largest: (sort_by(-.amount)[0:3] | map(.id)) })),
    newest: ($paid | sort_by(.placed) | reverse[0:10] | map({ id, who: .customer.name, amount })) }
