%dw 2.0
output application/json
var paid = payload filter $.status == "paid"
---
{
  cities: paid groupBy $.customer.city mapObject ((orders, city) -> {
    (city): {
      orders: sizeOf(orders),
      revenue: sum(orders.amount),
      largest: (orders orderBy -($.amount))[0 to 2].id
    }
  }),
  newest: (paid orderBy $.placed)[-1 to -10] map { id: $.id, who: $.customer.name, amount: $.amount }
}
