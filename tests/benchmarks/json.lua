-- Reading a document: what a server of widgets answers, as text in JSON. The text is
-- made here; its shape and sizes are those of the published one.
local Json = { inner = 100 }

local function kind(methods)
    methods.__index = methods
    return methods
end

local Value = kind {}
function Value:isObject() return false end
function Value:isArray() return false end
function Value:isNumber() return false end
function Value:isString() return false end

local function valueKind() return kind(setmetatable({}, Value)) end

local Number = valueKind()
function Number:isNumber() return true end
local String = valueKind()
function String:isString() return true end
local Word = valueKind()
local True, False, Null = setmetatable({}, Word), setmetatable({}, Word), setmetatable({}, Word)

local Array = valueKind()
function Array:isArray() return true end
function Array:add(v) self.elements[#self.elements + 1] = v end
function Array:size() return #self.elements end

local Object = valueKind()
function Object:isObject() return true end
function Object:put(name, v)
    self.names[#self.names + 1] = name
    self.values[#self.values + 1] = v
end
function Object:get(name)
    for i = 1, #self.names do
        if self.names[i] == name then return self.values[i] end
    end
end

local Parser = kind {}

function Parser:parse()
    self:advance()
    self:skipBlanks()
    local result = self:value()
    self:skipBlanks()
    if self.current then error("there is more text than one value") end
    return result
end

function Parser:advance()
    self.index = self.index + 1
    self.current = self.index <= self.size and self.source:sub(self.index, self.index) or nil
end

function Parser:next()
    self:advance()
    self:skipBlanks()
end

function Parser:isDigit()
    local c = self.current
    return c and "0" <= c and c <= "9"
end

function Parser:skipBlanks()
    while self.current == " " or self.current == "\n" do self:advance() end
end

function Parser:accept(c)
    if self.current == c then
        self:advance()
        return true
    end
    return false
end

function Parser:require(c)
    if not self:accept(c) then error("expected " .. c) end
end

function Parser:value()
    local c = self.current
    if c == '"' then return setmetatable({ text = self:string() }, String) end
    if c == "{" then return self:object() end
    if c == "[" then return self:array() end
    if c == "t" then return self:word("true", True) end
    if c == "f" then return self:word("false", False) end
    if c == "n" then return self:word("null", Null) end
    return self:number()
end

function Parser:array()
    local result = setmetatable({ elements = {} }, Array)
    self:next()
    if self:accept("]") then return result end
    while true do
        result:add(self:value())
        self:skipBlanks()
        if not self:accept(",") then break end
        self:skipBlanks()
    end
    self:require("]")
    return result
end

function Parser:object()
    local result = setmetatable({ names = {}, values = {} }, Object)
    self:next()
    if self:accept("}") then return result end
    while true do
        local name = self:string()
        self:skipBlanks()
        self:require(":")
        self:skipBlanks()
        result:put(name, self:value())
        self:skipBlanks()
        if not self:accept(",") then break end
        self:skipBlanks()
    end
    self:require("}")
    return result
end

function Parser:string()
    self:require('"')
    local start, text = self.index, ""
    while self.current ~= '"' do
        if self.current == "\\" then
            text = text .. self.source:sub(start, self.index - 1)
            self:advance()
            text = text .. self:escaped()
            start = self.index + 1
        end
        self:advance()
    end
    text = text .. self.source:sub(start, self.index - 1)
    self:advance()
    return text
end

function Parser:escaped()
    local c = self.current
    if c == "n" then return "\n" end
    if c == "t" then return "\t" end
    if c == "r" then return "\r" end
    return c
end

function Parser:number()
    local start = self.index
    self:accept("-")
    self:digits()
    if self:accept(".") then self:digits() end
    if self:accept("e") or self:accept("E") then
        local _ = self:accept("-") or self:accept("+")
        self:digits()
    end
    return setmetatable({ text = self.source:sub(start, self.index - 1) }, Number)
end

function Parser:digits()
    if not self:isDigit() then error("a digit was expected") end
    while self:isDigit() do self:advance() end
end

function Parser:word(text, v)
    for i = 1, #text do self:require(text:sub(i, i)) end
    return v
end

local function operation(i)
    local id = tostring(77 + i * 3)
    if i % 5 == 1 then
        return '["set", "w' .. id .. '", {"activeControl": "w' .. (i + 20)
            .. '", "customVariant": "variant_navigation"}]'
    end
    if i % 5 == 2 then
        return '["call", "w' .. id .. '", "setItems", {"columns": [' .. (i % 7) .. ", "
            .. (i * 2) .. ', -1], "index": ' .. (i % 9) .. "}]"
    end
    if i % 5 == 3 then
        return '["listen", "w' .. id .. '", {"Selection": true, "DefaultSelection": false, "Help": null}]'
    end
    return '["create", "w' .. id .. '", "rwt.widgets.Label", {"parent": "w' .. (i + 1)
        .. '", "style": ["WRAP", "LEFT_TO_RIGHT"], "bounds": [' .. (i * 4) .. ", "
        .. (i * 3) .. ', 100.25, 1.5e2], "tabIndex": -1, "text": "Line ' .. id
        .. ' \\"quoted\\" and\\tset apart\\n", "background": [' .. (i % 256)
        .. ', 255, 127, 255], "visible": ' .. (i % 2 == 0 and "true" or "false")
        .. ', "font": [["Verdana", "Lucida Sans", "Arial"], 14, false, false], "image": null}]'
end

local function document()
    local operations = { '["destroy","w54"]' }
    for i = 1, 155 do operations[#operations + 1] = operation(i) end
    return '{\n"head": {"requestCounter": 4},\n"operations": [\n'
        .. table.concat(operations, ",\n") .. "\n]\n}\n"
end

local text = document()

function Json.run()
    return setmetatable({ source = text, size = #text, index = 0 }, Parser):parse()
end

function Json.verify(r)
    return r:isObject() and r:get("head"):isObject() and r:get("operations"):isArray()
        and r:get("operations"):size() == 156
end

return Json
