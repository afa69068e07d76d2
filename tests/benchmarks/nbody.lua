-- The orbits of the sun and four planets. The inner number is that of steps.
local NBody = { inner = 250000 }
local results = { [1] = -0.16907495402506745, [250000] = -0.1690859889909308 }
local solarMass = 39.47841760435743

local Body = {}
Body.__index = Body

function Body.new(x, y, z, vx, vy, vz, mass)
    return setmetatable({
        x = x, y = y, z = z,
        vx = vx * 365.24, vy = vy * 365.24, vz = vz * 365.24,
        mass = mass * solarMass,
    }, Body)
end

function Body:push(b, dx, dy, dz, mag)
    local m = b.mass
    self.vx = self.vx - dx * m * mag
    self.vy = self.vy - dy * m * mag
    self.vz = self.vz - dz * m * mag
    m = self.mass
    b.vx = b.vx + dx * m * mag
    b.vy = b.vy + dy * m * mag
    b.vz = b.vz + dz * m * mag
end

function Body:move(dt)
    self.x = self.x + dt * self.vx
    self.y = self.y + dt * self.vy
    self.z = self.z + dt * self.vz
end

local function makeBodies()
    local all = {
        Body.new(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        Body.new(4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
            0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
        Body.new(8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
            -0.00276742510726411510, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
        Body.new(12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
            0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
        Body.new(15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
            0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451),
    }
    local px, py, pz = 0.0, 0.0, 0.0
    for i = 1, #all do
        local b = all[i]
        px, py, pz = px + b.vx * b.mass, py + b.vy * b.mass, pz + b.vz * b.mass
    end
    local sun = all[1]
    sun.vx, sun.vy, sun.vz = 0.0 - px / solarMass, 0.0 - py / solarMass, 0.0 - pz / solarMass
    return all
end

local function advance(bodies, dt)
    for i = 1, #bodies do
        local a = bodies[i]
        for j = i + 1, #bodies do
            local b = bodies[j]
            local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            local square = dx * dx + dy * dy + dz * dz
            a:push(b, dx, dy, dz, dt / (square * math.sqrt(square)))
        end
    end
    for i = 1, #bodies do bodies[i]:move(dt) end
end

local function energy(bodies)
    local e = 0.0
    for i = 1, #bodies do
        local a = bodies[i]
        e = e + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j = i + 1, #bodies do
            local b = bodies[j]
            local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            e = e - a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
        end
    end
    return e
end

function NBody.iterate(steps)
    local known = results[steps] or error("no result is known for this number of steps")
    local bodies = makeBodies()
    for _ = 1, steps do advance(bodies, 0.01) end
    return math.abs(energy(bodies) - known) < 1e-12
end

return NBody
