/**
 * Functions that look into types.
 *
 * They take types by name: `Number`, or one declared with `type`. Tests see through declared names and metadata.
 */

/**
 * An attribute in an object type.
 *
 * @example
 * import * from dw::core::Types
 * type Box = {box @(unit: String): Number}
 * ---
 * objectFields(Box)[0].key.attributes[0] is Attribute
 * @result
 * true
 */
type Attribute = {name: QName, required: Boolean, value: Type}

/**
 * A field of an object type.
 *
 * @example
 * import * from dw::core::Types
 * type Box = {width: Number}
 * ---
 * objectFields(Box)[0] is Field
 * @result
 * true
 */
type Field = {key: {name: QName, attributes: Array<Attribute>}, required: Boolean, repeated: Boolean, value: Type}

/**
 * A parameter of a function type.
 *
 * @example
 * import * from dw::core::Types
 * type Test = (text: String) -> Boolean
 * ---
 * functionParamTypes(Test)[0] is FunctionParam
 * @result
 * true
 */
type FunctionParam = {paramType: Type, name: String, optional: Boolean}

/**
 * A name with its namespace, null if it has none.
 *
 * @example
 * import * from dw::core::Types
 * ---
 * {localName: "box", namespace: null} is QName
 * @result
 * true
 */
type QName = {localName: String, namespace: Namespace | Null}

/**
 * Gives the type of a list type's items.
 *
 * @param t  a list type
 * @return the items' type, `Any` if none is declared
 * @example
 * import arrayItem from dw::core::Types
 * type Prices = Array<Number>
 * ---
 * [arrayItem(Prices) as String, arrayItem(Array) as String]
 * @result
 * ["Number", "Any"]
 * @example [not a list type]
 * import arrayItem from dw::core::Types
 * ---
 * arrayItem(String)
 * @fails
 * must be an Array
 */
fun arrayItem(t: Type): Type = native("Types::arrayItem")

/**
 * Gives the type behind a declared name, without metadata.
 *
 * @param t  a type
 * @return the plain type
 * @example
 * import baseTypeOf from dw::core::Types
 * type Price = Number {format: "0.00"}
 * ---
 * baseTypeOf(Price) as String
 * @result
 * "Number"
 */
fun baseTypeOf(t: Type): Type = native("Types::baseTypeOf")

/**
 * Gives the parameters of a function type.
 *
 * @param t  a function type
 * @return an entry for each parameter; `param_0`, `param_1` … stand for names that are not declared
 * @example
 * import functionParamTypes from dw::core::Types
 * type Pad = (text: String, Number) -> String
 * ---
 * functionParamTypes(Pad) map "$($.name): $($.paramType)"
 * @result
 * ["text: String", "param_1: Number"]
 */
fun functionParamTypes(t: Type): Array<FunctionParam> = native("Types::functionParamTypes")

/**
 * Gives the type of a function type's result.
 *
 * @param t  a function type
 * @return the result's type, null if it is not known
 * @example
 * import functionReturnType from dw::core::Types
 * type Test = (String) -> Boolean
 * ---
 * functionReturnType(Test) as String
 * @result
 * "Boolean"
 */
fun functionReturnType(t: Type): Type | Null = native("Types::functionReturnType")

/**
 * Gives the types that an intersection joins.
 *
 * @param t  an intersection
 * @return its types in order
 * @example
 * import intersectionItems from dw::core::Types
 * type Named = {name: String}
 * type Aged = {age: Number}
 * type Person = Named & Aged
 * ---
 * intersectionItems(Person) map ($ as String)
 * @result
 * ["Named", "Aged"]
 */
fun intersectionItems(t: Type): Array<Type> = native("Types::intersectionItems")

/**
 * Whether `t` is the type of every value.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isAnyType from dw::core::Types
 * ---
 * [isAnyType(Any), isAnyType(Object)]
 * @result
 * [true, false]
 */
fun isAnyType(t: Type): Boolean = native("Types::isAny")

/**
 * Whether `t` is the type of lists.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isArrayType from dw::core::Types
 * ---
 * [isArrayType(Array), isArrayType(typeOf([1])), isArrayType(Range)]
 * @result
 * [true, true, false]
 */
fun isArrayType(t: Type): Boolean = native("Types::isArray")

/**
 * Whether `t` is the type of bytes.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isBinaryType from dw::core::Types
 * ---
 * [isBinaryType(Binary), isBinaryType(String)]
 * @result
 * [true, false]
 */
fun isBinaryType(t: Type): Boolean = native("Types::isBinary")

/**
 * Whether `t` is the type of `true` and `false`.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isBooleanType from dw::core::Types
 * ---
 * [isBooleanType(Boolean), isBooleanType(Number)]
 * @result
 * [true, false]
 */
fun isBooleanType(t: Type): Boolean = native("Types::isBoolean")

/**
 * Whether `t` is the type of dates.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isDateType from dw::core::Types
 * ---
 * [isDateType(Date), isDateType(DateTime)]
 * @result
 * [true, false]
 */
fun isDateType(t: Type): Boolean = native("Types::isDate")

/**
 * Whether `t` is the type of moments.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isDateTimeType from dw::core::Types
 * ---
 * [isDateTimeType(DateTime), isDateTimeType(LocalDateTime)]
 * @result
 * [true, false]
 */
fun isDateTimeType(t: Type): Boolean = native("Types::isDateTime")

/**
 * Whether `t` is the type of functions.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isFunctionType from dw::core::Types
 * ---
 * [isFunctionType(typeOf((x) -> x)), isFunctionType(Type)]
 * @result
 * [true, false]
 */
fun isFunctionType(t: Type): Boolean = native("Types::isFunction")

/**
 * Whether `t` is an intersection of types.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isIntersectionType from dw::core::Types
 * type Both = {a: String} & {b: String}
 * ---
 * [isIntersectionType(Both), isIntersectionType(Object)]
 * @result
 * [true, false]
 */
fun isIntersectionType(t: Type): Boolean = native("Types::isIntersection")

/**
 * Whether `t` is the type of keys of objects.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isKeyType from dw::core::Types
 * ---
 * [isKeyType(Key), isKeyType(String)]
 * @result
 * [true, false]
 */
fun isKeyType(t: Type): Boolean = native("Types::isKey")

/**
 * Whether `t` is the type of one text, number or Boolean. A union of such types is none.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isLiteralType from dw::core::Types
 * type On = "on"
 * type OnOff = "on" | "off"
 * ---
 * [isLiteralType(On), isLiteralType(OnOff), isLiteralType(String)]
 * @result
 * [true, false, false]
 */
fun isLiteralType(t: Type): Boolean = native("Types::isLiteral")

/**
 * Whether `t` is the type of dates with a time of day.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isLocalDateTimeType from dw::core::Types
 * ---
 * [isLocalDateTimeType(LocalDateTime), isLocalDateTimeType(DateTime)]
 * @result
 * [true, false]
 */
fun isLocalDateTimeType(t: Type): Boolean = native("Types::isLocalDateTime")

/**
 * Whether `t` is the type of times of day.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isLocalTimeType from dw::core::Types
 * ---
 * [isLocalTimeType(LocalTime), isLocalTimeType(Time)]
 * @result
 * [true, false]
 */
fun isLocalTimeType(t: Type): Boolean = native("Types::isLocalTime")

/**
 * Whether `t` is the type of namespaces.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isNamespaceType from dw::core::Types
 * ---
 * [isNamespaceType(Namespace), isNamespaceType(Uri)]
 * @result
 * [true, false]
 */
fun isNamespaceType(t: Type): Boolean = native("Types::isNamespace")

/**
 * Whether `t` is the type without values.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isNothingType from dw::core::Types
 * ---
 * [isNothingType(Nothing), isNothingType(Null)]
 * @result
 * [true, false]
 */
fun isNothingType(t: Type): Boolean = native("Types::isNothing")

/**
 * Whether `t` is the type of `null`.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isNullType from dw::core::Types
 * ---
 * [isNullType(Null), isNullType(Nothing)]
 * @result
 * [true, false]
 */
fun isNullType(t: Type): Boolean = native("Types::isNull")

/**
 * Whether `t` is the type of numbers.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isNumberType from dw::core::Types
 * ---
 * [isNumberType(Number), isNumberType(Range)]
 * @result
 * [true, false]
 */
fun isNumberType(t: Type): Boolean = native("Types::isNumber")

/**
 * Whether `t` is a type of objects. An intersection of them is none.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isObjectType from dw::core::Types
 * type Box = {width: Number}
 * ---
 * [isObjectType(Object), isObjectType(Box), isObjectType(Array)]
 * @result
 * [true, true, false]
 */
fun isObjectType(t: Type): Boolean = native("Types::isObject")

/**
 * Whether `t` is the type of periods.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isPeriodType from dw::core::Types
 * ---
 * [isPeriodType(Period), isPeriodType(Number)]
 * @result
 * [true, false]
 */
fun isPeriodType(t: Type): Boolean = native("Types::isPeriod")

/**
 * Whether `t` is the type of ranges.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isRangeType from dw::core::Types
 * ---
 * [isRangeType(Range), isRangeType(Array)]
 * @result
 * [true, false]
 */
fun isRangeType(t: Type): Boolean = native("Types::isRange")

/**
 * Whether `t` is a declared name that was found inside of another type.
 *
 * A declared name that is given directly is none, nor is a name for another name.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import * from dw::core::Types
 * type Box = {width: Number}
 * type Boxes = Array<Box>
 * ---
 * [isReferenceType(arrayItem(Boxes)), isReferenceType(Box)]
 * @result
 * [true, false]
 */
fun isReferenceType(t: Type): Boolean = native("Types::isReference")

/**
 * Whether `t` is the type of regular expressions.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isRegexType from dw::core::Types
 * ---
 * [isRegexType(Regex), isRegexType(String)]
 * @result
 * [true, false]
 */
fun isRegexType(t: Type): Boolean = native("Types::isRegex")

/**
 * Whether `t` is the type of text.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isStringType from dw::core::Types
 * ---
 * [isStringType(String), isStringType(Key)]
 * @result
 * [true, false]
 */
fun isStringType(t: Type): Boolean = native("Types::isString")

/**
 * Whether `t` is the type of times of day with an offset.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isTimeType from dw::core::Types
 * ---
 * [isTimeType(Time), isTimeType(LocalTime)]
 * @result
 * [true, false]
 */
fun isTimeType(t: Type): Boolean = native("Types::isTime")

/**
 * Whether `t` is the type of time zones.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isTimeZoneType from dw::core::Types
 * ---
 * [isTimeZoneType(TimeZone), isTimeZoneType(Time)]
 * @result
 * [true, false]
 */
fun isTimeZoneType(t: Type): Boolean = native("Types::isTimeZone")

/**
 * Whether `t` is the type of types.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isTypeType from dw::core::Types
 * ---
 * [isTypeType(Type), isTypeType(typeOf(Number)), isTypeType(Number)]
 * @result
 * [true, true, false]
 */
fun isTypeType(t: Type): Boolean = native("Types::isType")

/**
 * Whether `t` is a union of types.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isUnionType from dw::core::Types
 * type Id = String | Number
 * ---
 * [isUnionType(Id), isUnionType(String)]
 * @result
 * [true, false]
 */
fun isUnionType(t: Type): Boolean = native("Types::isUnion")

/**
 * Whether `t` is the type of URIs.
 *
 * @param t  a type
 * @return whether it is
 * @example
 * import isUriType from dw::core::Types
 * ---
 * [isUriType(Uri), isUriType(String)]
 * @result
 * [true, false]
 */
fun isUriType(t: Type): Boolean = native("Types::isUri")

/**
 * Gives the one value that a literal type has.
 *
 * @param t  a literal type
 * @return its value
 * @example
 * import literalValueOf from dw::core::Types
 * type On = "on"
 * ---
 * literalValueOf(On)
 * @result
 * "on"
 */
fun literalValueOf(t: Type): String | Number | Boolean = native("Types::literalValueOf")

/**
 * Gives the metadata that a type declares.
 *
 * @param t  a type
 * @return the metadata; an empty object if there is none
 * @example
 * import metadataOf from dw::core::Types
 * type Price = Number {format: "0.00", unit: "EUR"}
 * ---
 * metadataOf(Price)
 * @result
 * {format: "0.00", unit: "EUR"}
 */
fun metadataOf(t: Type): Object = native("Types::metadataOf")

/**
 * Gives the name of a type.
 *
 * @param t  a type
 * @return the name it is declared with, else the name of its kind
 * @example
 * import * from dw::core::Types
 * type Prices = Array<Number>
 * ---
 * [nameOf(Prices), nameOf(baseTypeOf(Prices))]
 * @result
 * ["Prices", "Array"]
 */
fun nameOf(t: Type): String = native("Types::nameOf")

/**
 * Gives the fields of an object type.
 *
 * @param t  an object type
 * @return an entry for each field
 * @example
 * import objectFields from dw::core::Types
 * type Box = {width: Number, label?: String}
 * ---
 * objectFields(Box) map [$.key.name.localName, $.value as String, $.required]
 * @result
 * [["width", "Number", true], ["label", "String", false]]
 */
fun objectFields(t: Type): Array<Field> = native("Types::objectFields")

/**
 * Gives the types that a union joins. A declared union inside of it stays one.
 *
 * @param t  a union
 * @return its types in order
 * @example
 * import unionItems from dw::core::Types
 * type Id = String | Number
 * ---
 * unionItems(Id) map ($ as String)
 * @result
 * ["String", "Number"]
 */
fun unionItems(t: Type): Array<Type> = native("Types::unionItems")
