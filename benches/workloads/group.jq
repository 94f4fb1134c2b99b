reduce .[] as $order ({}; .[$order.customer.city] += [$order])
