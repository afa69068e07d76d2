-- Recursion over linked lists.
local List = { inner = 1500 }

local Element = {}
Element.__index = Element

function Element:length()
    if self.next == nil then return 1 end
    return 1 + self.next:length()
end

local function make(n)
    if n == 0 then return nil end
    return setmetatable({ value = n, next = make(n - 1) }, Element)
end

local function isShorter(x, y)
    local a, b = x, y
    while b do
        if not a then return true end
        a, b = a.next, b.next
    end
    return false
end

local function tail(x, y, z)
    if not isShorter(y, x) then return z end
    return tail(tail(x.next, y, z), tail(y.next, z, x), tail(z.next, x, y))
end

function List.run() return tail(make(15), make(10), make(6)):length() end

function List.verify(r) return r == 10 end

return List
