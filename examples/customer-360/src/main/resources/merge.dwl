%dw 2.0
// Merges what five backends answered into the one screen of the mobile app.
// Routes of the scatter-gather: 0 accounts, 1 wealth, 2 mortgage, 3 insurance, 4 cards.
output application/json

/** The list a route answered with; a failed or missing route gives an empty list. */
fun listOf(route, field: String) = (route.payload[field]) default []

/** The marker a degraded route leaves behind, if it did. */
fun markerOf(route) = if (route.payload is Object) route.payload.error else "unavailable"

var sections = ["accounts", "wealth", "mortgage", "insurance", "cards"]
var accounts = listOf(payload."0", "accounts")
var holdings = listOf(payload."1", "holdings")
var loans = listOf(payload."2", "loans")
var cards = listOf(payload."4", "cards")
var cash = sum(accounts map $.balance)
var invested = sum(holdings map ($.units * $.price))
var owed = sum(loans map $.outstanding) + sum(cards map $.balance)
---
{
  customer: payload."0".payload.customer default "unknown",
  netWorth: cash + invested - owed,
  accounts: accounts orderBy -($.balance) map {
    iban: $.iban[0 to 3] ++ " … " ++ $.iban[-4 to -1],
    kind: $.kind,
    balance: $.balance as String { format: "#,##0.00" }
  },
  holdings: holdings groupBy $.class mapObject ((group, class) -> {
    (class): {
      positions: sizeOf(group),
      value: sum(group map ($.units * $.price))
    }
  }),
  loans: loans map {
    id: $.id,
    outstanding: $.outstanding,
    paidOffOn: $.ends as Date
  },
  policies: listOf(payload."3", "policies"),
  cards: cards map ($ - "pan" ++ { last4: $.pan[-4 to -1] }),
  degraded: (sections map (name, index) -> { name: name, reason: markerOf(payload[index as String]) })
    filter $.reason != null
}
