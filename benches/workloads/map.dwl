%dw 2.0
output application/json
---
payload map { id: $.id, who: $.customer.name, city: $.customer.city, total: $.amount, lines: sizeOf($.items) }
