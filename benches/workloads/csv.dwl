%dw 2.0
output application/json
---
payload map {
  id: $.id as Number,
  placed: $.placed,
  status: $.status,
  customer: { name: $.name, city: $.city },
  amount: $.amount as Number,
  note: $.note
}
